/**
 * The embedded default: one command starts PostgreSQL, the broker and a Payara Micro node on this
 * machine, watches them and stops them. What a single process needs belongs in the package named
 * after it; nothing here knows what a task is.
 */
package io.tasklane.launcher;
