/**
 * {@code tasklane top}: a live screen. {@link io.tasklane.cli.top.TopFeed} reads what the server
 * says, {@link io.tasklane.cli.top.TopState} holds what the user has chosen, {@link
 * io.tasklane.cli.top.TopScreen} draws both, {@link io.tasklane.cli.top.TopLoop} is the terminal.
 */
package io.tasklane.cli.top;
