/** The commands about resources. */
package io.tasklane.cli.resource;
