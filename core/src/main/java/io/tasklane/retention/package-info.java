/** How long what has ended is kept. */
package io.tasklane.retention;
