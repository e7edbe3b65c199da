/**
 * Profiles: servers that the user has given a name, with the token for each, in a file that only
 * the user may read.
 */
package io.tasklane.cli.profile;
