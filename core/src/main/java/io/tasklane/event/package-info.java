/** The log of everything that happens, and positions in it. */
package io.tasklane.event;
