/** Why a task is not running, and when it may start. */
package io.tasklane.explain;
