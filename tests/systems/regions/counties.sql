-- D1's contract is for K One; its customer bought for 6 + 10 in 12 months. K Three's gross product is not known.
SELECT region, county_rank, dealers, dealer_sales, contacts_there
FROM regions_counties
ORDER BY county_rank
