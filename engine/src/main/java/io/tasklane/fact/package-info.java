/** Facts: set by clients and by runs, read by conditions, each until it expires. */
package io.tasklane.fact;
