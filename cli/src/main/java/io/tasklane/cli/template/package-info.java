/** {@code tasklane template}: the workflows that are kept by name. */
package io.tasklane.cli.template;
