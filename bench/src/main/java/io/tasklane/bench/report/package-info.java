/** What several runs say together: medians, as a page and as a picture. */
package io.tasklane.bench.report;
