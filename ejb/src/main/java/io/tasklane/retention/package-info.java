/** What is kept for a while and then removed: the daily clean-up and what it counts. */
package io.tasklane.retention;
