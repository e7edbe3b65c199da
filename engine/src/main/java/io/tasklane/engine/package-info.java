/** A Tasklane node, assembled from the other packages: started in order, stopped in reverse. */
package io.tasklane.engine;
