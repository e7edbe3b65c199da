/**
 * News feeds, understood: whose news an item is, whether it is good or bad, how much it matters,
 * and the task of the queue DATA_FETCHER that watches them.
 */
package io.tasklane.trading.news;
