/** How what was kept long enough is found and removed, in small transactions of its own. */
package io.tasklane.retention;
