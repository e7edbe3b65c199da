/**
 * From facts to judgement: the brief of a trading morning, who judges it, the recommendations that
 * follow, and the two tasks of the queue AI_ANALYSIS.
 */
package io.tasklane.trading.analysis;
