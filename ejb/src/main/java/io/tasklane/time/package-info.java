/** Where time and chance come from. */
package io.tasklane.time;
