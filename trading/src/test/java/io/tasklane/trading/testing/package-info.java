/** What tests of trading tasks share. */
package io.tasklane.trading.testing;
