/** The Artemis broker in a Java process of its own. */
package io.tasklane.launcher.broker;
