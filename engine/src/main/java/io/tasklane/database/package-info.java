/**
 * Access to PostgreSQL: connections, the schema, and helpers that bind parameters and read columns.
 * What the rows mean belongs to the features.
 */
package io.tasklane.database;
