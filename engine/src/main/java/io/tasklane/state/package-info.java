/** What handlers remember between tasks. */
package io.tasklane.state;
