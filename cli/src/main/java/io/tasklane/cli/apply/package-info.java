/**
 * {@code tasklane apply}: files in which people describe what the server keeps, as YAML 1.2 with
 * its core schema. What stands there is taken letter by letter or refused with its line.
 */
package io.tasklane.cli.apply;
