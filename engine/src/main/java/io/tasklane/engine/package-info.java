/**
 * A node of Tasklane, put together from the other packages: started in order, stopped in reverse.
 */
package io.tasklane.engine;
