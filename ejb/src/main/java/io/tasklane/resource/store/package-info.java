/** Rows of resources, and of what their units are counted from. */
package io.tasklane.resource.store;
