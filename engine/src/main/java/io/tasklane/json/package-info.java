/** JSON that users hand in, as plain values of Java. */
package io.tasklane.json;
