/**
 * Where the bytes come from. What they mean is for the parsers, which cannot tell the sources
 * apart.
 */
package io.tasklane.trading.source;
