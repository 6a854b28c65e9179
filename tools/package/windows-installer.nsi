; Strata's installer for Windows, by makensis alone: for one user, so that it needs no rights. `/S` installs without a question, `/D=C:\folder` elsewhere.
; What an installation leaves behind it is the record, in %LOCALAPPDATA%\Strata.
Target amd64-unicode
Unicode true
ManifestDPIAware true
RequestExecutionLevel user
; Of TensorFlow's library it makes a third less than zlib in the same time. A quick installer is large, and is made and installed in a fraction of it.
SetCompressor bzip2
; A file that cannot be written ends it, without a question with 2, and is not left out as if all were well.
AllowSkipFiles off
!ifdef QUICK
  SetCompress off
!endif
Name "Strata"
OutFile "${OUT}"
BrandingText "Strata ${VERSION}"

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include "${REMOVAL}"

!define UNINSTALLER "Uninstall Strata.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\app.strata.desktop"
!define LINK_KEY "Software\Classes\strata"
!define RECORD "$LOCALAPPDATA\Strata"
InstallDir "$LOCALAPPDATA\Programs\Strata"
; A newer version goes where the older one is.
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"

VIProductVersion "${VERSION_NUMBERS}"
VIAddVersionKey "ProductName" "Strata"
VIAddVersionKey "FileDescription" "Strata's installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Strata.exe"
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; A program that runs cannot be replaced. Asks until both are closed; without a question it ends with 2.
!macro RequireClosed FOLDER
  !define AGAIN "again_${__LINE__}"
  !define BUSY "busy_${__LINE__}"
  !define CLOSED "closed_${__LINE__}"
  ${AGAIN}:
    ClearErrors
    ${If} ${FileExists} "${FOLDER}\Strata.exe"
      FileOpen $1 "${FOLDER}\Strata.exe" a
      IfErrors ${BUSY}
      FileClose $1
    ${EndIf}
    ${If} ${FileExists} "${FOLDER}\resources\engine\node.exe"
      FileOpen $1 "${FOLDER}\resources\engine\node.exe" a
      IfErrors ${BUSY}
      FileClose $1
    ${EndIf}
    Goto ${CLOSED}
  ${BUSY}:
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Strata is running. Close its window, and what trains or serves in a terminal, and try again." /SD IDCANCEL IDRETRY ${AGAIN}
    SetErrorLevel 2
    Quit
  ${CLOSED}:
  !undef AGAIN
  !undef BUSY
  !undef CLOSED
!macroend

Section
  ; What an uninstallation takes away are folders whole: nobody else's may be among them.
  ${DirState} "$INSTDIR" $R0
  ${If} $R0 == 1
  ${AndIfNot} ${FileExists} "$INSTDIR\${UNINSTALLER}"
    MessageBox MB_OK|MB_ICONEXCLAMATION "There are other files in this folder. Start again, and choose one that is empty or new: $INSTDIR" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}

  ; The version that is there takes away what is its own, wherever it lies.
  ReadRegStr $R0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $R0 == ""
    StrCpy $R0 $INSTDIR
  ${EndIf}
  ${If} ${FileExists} "$R0\${UNINSTALLER}"
    !insertmacro RequireClosed $R0
    ExecWait '"$R0\${UNINSTALLER}" /S /UPGRADE _?=$R0' $R1
    ${If} $R1 != 0
      SetErrorLevel 2
      Abort "The version that is installed could not be removed."
    ${EndIf}
    Delete "$R0\${UNINSTALLER}"
    RMDir "$R0"
  ${EndIf}

  SetOutPath "$INSTDIR"
  ; First of all: where the rest is cut off, the next installation knows the folder by it.
  WriteUninstaller "$INSTDIR\${UNINSTALLER}"
  File /r "${APP}/*"
  CreateShortCut "$SMPROGRAMS\Strata.lnk" "$INSTDIR\Strata.exe" "" "$INSTDIR\Strata.exe" 0 SW_SHOWNORMAL "" "A bench for deep vision networks"
  WriteRegStr HKCU "${LINK_KEY}" "" "URL:Strata"
  WriteRegStr HKCU "${LINK_KEY}" "URL Protocol" ""
  WriteRegStr HKCU "${LINK_KEY}\DefaultIcon" "" "$INSTDIR\Strata.exe,0"
  WriteRegStr HKCU "${LINK_KEY}\shell\open\command" "" '"$INSTDIR\Strata.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Strata"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\Strata.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "Strata"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  ; A folder that a program works in cannot be removed.
  SetOutPath "$TEMP"
  !insertmacro RequireClosed $INSTDIR
  !insertmacro RemoveProgram
  ; Called by a newer version, which writes these anew: the window's place and the decoded pictures stay.
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/UPGRADE" $R1
  ${If} ${Errors}
    Delete "$INSTDIR\${UNINSTALLER}"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\Strata.lnk"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    DeleteRegKey HKCU "${LINK_KEY}"
    RMDir /r "${RECORD}\window"
    RMDir /r "${RECORD}\pictures"
    RMDir /r "${RECORD}\archives"
    ; Only where there never was a record.
    RMDir "${RECORD}"
  ${EndIf}
SectionEnd
