/** The parts of a node, put together: started in order, stopped in reverse. */
package io.tasklane.engine;
