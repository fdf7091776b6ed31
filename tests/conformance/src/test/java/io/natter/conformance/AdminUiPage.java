package io.natter.conformance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/// The page of the Admin UI, as an admin uses it.
public final class AdminUiPage {
    private final Page page;

    /// A page that is at the address of the Admin UI.
    public AdminUiPage(Page page) {
        this.page = page;
    }

    /// Signs in, with the password `changeit`.
    public void signIn(String username) {
        assertThat(page.getByText("Invalid credentials")).isVisible();
        page.getByLabel("Username").fill(username);
        page.getByLabel("Password").fill("changeit");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Connect")).click();
        assertThat(page.getByText("Invalid credentials")).isHidden();
        assertThat(page.getByText("connected", new Page.GetByTextOptions().setExact(true)).first())
                .isVisible();
    }

    /// Goes to one of its pages.
    public void open(String name) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
                .click();
        // While a page slides away, there are two.
        assertThat(
                        page.locator(".v-breadcrumbs")
                                .filter(new Locator.FilterOptions().setHasText(name)))
                .hasCount(1);
    }

    /// The rows of the table with a text.
    public Locator row(String text) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(text));
    }
}
