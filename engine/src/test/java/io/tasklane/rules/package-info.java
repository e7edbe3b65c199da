/**
 * What the tests share that compare a rule in SQL with its twin in {@code core}, on random rows.
 * Each test is in the package of its rule.
 */
package io.tasklane.rules;
