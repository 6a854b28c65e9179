/** What pages may ask of the device, as the `Permissions-Policy` header has it: the camera, from the page itself and no frame in it, and nothing else. */
const unused = ["microphone", "geolocation", "display-capture", "usb", "serial", "hid", "midi", "payment"];

export const permissionsPolicy = ["camera=(self)", ...unused.map((name) => `${name}=()`)].join(", ");
