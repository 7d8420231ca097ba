package dev.afterword.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BrowserTest {
    @RegisterExtension
    static Browser browser = new Browser();

    @Test
    void showsAPage() {
        var page = browser.page(Browser.Look.PHONE);
        page.setContent("<!doctype html><html lang=en><title>A page</title><main><h1>Hello</h1></main>");
        assertThat(page.title()).isEqualTo("A page");
        Browser.axe(page);
    }

    @Test
    void failsOnAPageThatSomebodyCannotUse() {
        var page = browser.page();
        page.setContent("<!doctype html><html lang=en><title>A page</title><main><img src=x></main>");
        assertThatThrownBy(() -> Browser.axe(page)).hasMessageContaining("image-alt");
    }
}
