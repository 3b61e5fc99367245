# Products in the example books. Sourced by run, after figures.sh and planted.sh.
for book in security furniture tobacco; do
    figure 'a page for each product' "$book" "SELECT count(*) AS n FROM product_pages" "SELECT count(*) FROM products"
done
tells 'a page for a product' security product/ids-ai 'Detection, Hawkeye, key brand'
tells 'a page for a product' security product/ids-ai 'Hawkeye software set 118,000 yes 15 Sep 2025'
tells 'products lead to their pages' security product 'Monitoring service, month Services Service'
