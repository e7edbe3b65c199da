/**
 * The {@code tasklane} command: what an operator types, and how the server's answers and errors
 * read. It knows the wire contract and nothing else of Tasklane; the launcher and the bench are
 * other programs, which the {@code tasklane} script starts.
 */
package io.tasklane.cli;
