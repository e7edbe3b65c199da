/**
 * PostgreSQL from its Maven artifact, on a lasting folder: made once, started, ended, recovered.
 */
package io.tasklane.launcher.postgres;
