/** Read by the page itself: files as the clipboard and a mouse bring them, and cameras that fail. Plain JavaScript, since it never passes through Node. */

/** As the browser does for Ctrl+V and for a drop: an event with files, each given in base64. */
function giveFiles(kind, letters, type) {
  const transfer = new DataTransfer();
  for (const [index, text] of letters.entries()) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], `picture-${index}`, { type }));
  }
  const options = { bubbles: true, cancelable: true };
  const event =
    kind === "paste"
      ? new ClipboardEvent("paste", { ...options, clipboardData: transfer })
      : new DragEvent("drop", { ...options, dataTransfer: transfer });
  document.querySelector("[role=dialog]").dispatchEvent(event);
}

/** In place of the browser's answer. */
function failCamera(name) {
  navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException("", name);
  };
}

/** As for a page that came over plain HTTP from another machine. */
function withholdCameras() {
  Object.defineProperty(navigator, "mediaDevices", { value: undefined });
}

Object.assign(window, { giveFiles, failCamera, withholdCameras });
