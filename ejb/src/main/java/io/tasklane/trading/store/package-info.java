/** Where trading's own interface of a store meets the database. */
package io.tasklane.trading.store;
