/** Where time comes from: nothing else asks the system for it. */
package io.tasklane.time;
