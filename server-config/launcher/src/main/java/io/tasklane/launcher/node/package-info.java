/** A Payara Micro node in a Java process of its own, and what it is told about its surroundings. */
package io.tasklane.launcher.node;
