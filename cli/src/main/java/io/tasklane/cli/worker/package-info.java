/** {@code tasklane worker}: shows and drains workers. */
package io.tasklane.cli.worker;
