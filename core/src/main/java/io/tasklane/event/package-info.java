/** The log of everything that happened, and positions in it. */
package io.tasklane.event;
