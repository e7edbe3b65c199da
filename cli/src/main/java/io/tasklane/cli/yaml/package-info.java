/** Reads YAML strictly: only what has one meaning, and every fault with its line. */
package io.tasklane.cli.yaml;
