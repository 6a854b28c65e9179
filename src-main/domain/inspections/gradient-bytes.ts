/** What gradients with respect to a picture may keep of the rows at a time, beside what a forward pass takes; one picture is always taken. */
export const gradientBytes = 256e6;
