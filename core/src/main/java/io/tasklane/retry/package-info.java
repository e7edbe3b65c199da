/** Whether and when a failed attempt is tried again. */
package io.tasklane.retry;
