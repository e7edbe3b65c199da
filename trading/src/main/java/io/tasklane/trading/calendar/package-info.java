/** When the New York Stock Exchange trades: sessions, holidays, early closes. No data, no I/O. */
package io.tasklane.trading.calendar;
