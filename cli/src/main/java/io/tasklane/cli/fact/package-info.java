/** {@code tasklane fact}: sets, shows and deletes facts. */
package io.tasklane.cli.fact;
