/**
 * What companies report to the SEC, understood: which of many facts holds, what the last twelve
 * months came to, the ratios that follow, and the task of the queue DATA_FETCHER that keeps them.
 */
package io.tasklane.trading.fundamentals;
