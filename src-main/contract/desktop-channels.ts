/** Channels between the window's preload script and main; in a file of their own because preload shall hold nothing else of the contract. */
export const callChannel = "strata:call";
export const eventChannel = "strata:event";
