/** {@code tasklane trigger}: stores, shows, changes and deletes triggers. */
package io.tasklane.cli.trigger;
