/** What every command shares: the connection to the server, failures, exit codes and options. */
package io.tasklane.cli.command;
