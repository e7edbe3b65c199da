/** What files of other systems are made of: literals of Python and JSON, XML, fields of cron. */
package io.tasklane.cli.importer.text;
