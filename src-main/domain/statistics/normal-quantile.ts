/** 97.5th percentile of the standard normal distribution: so many standard errors on either side are an interval of 95 %. */
export const normalQuantile = 1.959963984540054;
