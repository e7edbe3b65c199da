/** The source of time: nothing else asks the system for it. */
package io.tasklane.time;
