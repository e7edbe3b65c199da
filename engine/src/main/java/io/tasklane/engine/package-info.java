/** A Tasklane node, assembled from features: started in order, stopped in reverse. */
package io.tasklane.engine;
