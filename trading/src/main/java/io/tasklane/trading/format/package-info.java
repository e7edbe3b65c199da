/**
 * Reading CSV and JSON as users write them, with errors that name file, line or field, value and
 * what is allowed. What the figures mean is for the feature packages.
 */
package io.tasklane.trading.format;
