/** Large bodies that are kept outside the queue, under the hash of their bytes. */
package io.tasklane.artifact;
